#include "common.h"

constexpr int LENGTH = 500000;
constexpr int PASSES = 4 * MORE;
std::vector<double> pixels(LENGTH);

int main() {
  return race([](int n) {
    int from = n * LENGTH / 2, to = from + LENGTH / 2;
    for (int pass = 0; pass < PASSES; pass++)
      for (int i = from; i < to; i++) pixels[i] = pixels[i] * 0.5 + i;
  });
}
