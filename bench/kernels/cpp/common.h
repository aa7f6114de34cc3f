// The kernels of ../plain as a C++ programmer writes them: threads, plain memory, mutexes.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

/** A C++ loop is over before it can be timed well: it goes round so many times as often as its twin. */
constexpr int MORE = 10;

/** Runs `body(n)` in two threads and prints the milliseconds from start to the last one's end. */
template <typename Body>
int race(Body body) {
  std::mutex mutex;
  std::condition_variable changed;
  int ready = 0;
  bool started = false;
  auto run = [&](int n) {
    {
      std::unique_lock<std::mutex> held(mutex);
      ready++;
      changed.notify_all();
      changed.wait(held, [&] { return started; });
    }
    body(n);
  };
  std::thread first(run, 0), second(run, 1);
  std::chrono::steady_clock::time_point began;
  {
    std::unique_lock<std::mutex> held(mutex);
    changed.wait(held, [&] { return ready == 2; });
    began = std::chrono::steady_clock::now();
    started = true;
    changed.notify_all();
  }
  first.join();
  second.join();
  std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
  std::printf("BENCH %f\n", took.count());
  return 0;
}
