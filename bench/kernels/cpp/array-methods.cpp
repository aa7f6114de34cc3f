#include "common.h"
#include <algorithm>
#include <cstring>
#include <numeric>

constexpr int LENGTH = 4096;
constexpr int TIMES = 100 * MORE;
std::vector<int> memory(4 * LENGTH);
volatile long sums[2];

int main() {
  return race([](int n) {
    int* own = memory.data() + n * 2 * LENGTH;
    int* other = own + LENGTH;
    long sum = 0;
    for (int i = 0; i < TIMES; i++) {
      std::fill(own, own + LENGTH, i);
      std::memcpy(other, own, LENGTH * sizeof(int));
      std::memmove(own + 1, own, (LENGTH - 1) * sizeof(int));
      sum += std::find(other, other + LENGTH, -1) - other;
      std::vector<int> copy(other, other + LENGTH);
      sum += copy[i % LENGTH];
      sum = std::accumulate(other, other + LENGTH, sum);
    }
    sums[n] = sum;
  });
}
