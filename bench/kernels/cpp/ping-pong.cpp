#include "common.h"
#include <deque>

constexpr int ROUNDS = 20000;

class Queue {
  std::mutex mutex;
  std::condition_variable filled;
  std::deque<int> messages;

public:
  void send(int message) {
    std::lock_guard<std::mutex> held(mutex);
    messages.push_back(message);
    filled.notify_one();
  }
  int receive() {
    std::unique_lock<std::mutex> held(mutex);
    filled.wait(held, [&] { return !messages.empty(); });
    int message = messages.front();
    messages.pop_front();
    return message;
  }
};

Queue there, back;

int main() {
  return race([](int n) {
    for (int i = 0; i < ROUNDS; i++) {
      if (n == 0) {
        there.send(i);
        back.receive();
      } else back.send(there.receive() + 1);
    }
  });
}
