#include "common.h"

constexpr int TIMES = 100000 * MORE;
std::mutex lock;
int counter;

int main() {
  return race([](int) {
    for (int i = 0; i < TIMES; i++) {
      lock.lock();
      counter++;
      lock.unlock();
    }
  });
}
