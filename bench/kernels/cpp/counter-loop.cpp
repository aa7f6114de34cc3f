#include "common.h"

constexpr int TIMES = 2000000 * MORE;
// volatile, so that the compiler leaves the loop a loop; its accesses are plain ones to the sanitizer.
volatile int counter;

int main() {
  return race([](int) {
    for (int i = 0; i < TIMES; i++) counter = counter + 1;
  });
}
