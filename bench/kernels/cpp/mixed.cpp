#include "common.h"

constexpr int ITEMS = 4000 * MORE;
std::mutex lock;
int histogram[256];

int main() {
  return race([](int n) {
    std::vector<int> local(256);
    unsigned state = n + 1;
    for (int item = 1; item <= ITEMS; item++) {
      for (int i = 0; i < 100; i++) {
        state = state * 1664525u + 1013904223u;
        local[state >> 24]++;
      }
      if (item % 100 == 0) {
        std::lock_guard<std::mutex> held(lock);
        for (int i = 0; i < 256; i++) histogram[i] += local[i];
        for (int& count : local) count = 0;
      }
    }
  });
}
