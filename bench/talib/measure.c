/*
 * Runs functions of TA-Lib over columns of candles and says how long each call took, for comparison in the same run as ours.
 * Started with the path of a file of columns (open time, open, high, low, close, volume; n doubles each) and n. Then, line by line:
 *   run NAME         one call into buffers that were touched before; answers nanoseconds of wall and of processor time
 *   dump NAME PATH   writes the first index (one double) and every output column, n doubles each, NaN where undefined
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "ta_libc.h"

static double *columns[6];
static double *out[3];
static int n;

static long long clock_ns(clockid_t which) {
  struct timespec at;
  clock_gettime(which, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

#define HIGH columns[2]
#define LOW columns[3]
#define CLOSE columns[4]

/* Number of output columns, 0 for a name that is not known. */
static int call(const char *name, int *begin, int *count) {
  int last = n - 1;
  if (!strcmp(name, "sma")) return TA_SMA(0, last, CLOSE, 20, begin, count, out[0]) ? 0 : 1;
  if (!strcmp(name, "ema")) return TA_EMA(0, last, CLOSE, 20, begin, count, out[0]) ? 0 : 1;
  if (!strcmp(name, "rsi")) return TA_RSI(0, last, CLOSE, 14, begin, count, out[0]) ? 0 : 1;
  if (!strcmp(name, "atr")) return TA_ATR(0, last, HIGH, LOW, CLOSE, 14, begin, count, out[0]) ? 0 : 1;
  if (!strcmp(name, "macd")) return TA_MACD(0, last, CLOSE, 12, 26, 9, begin, count, out[0], out[1], out[2]) ? 0 : 3;
  if (!strcmp(name, "bollinger"))
    return TA_BBANDS(0, last, CLOSE, 20, 2, 2, TA_MAType_SMA, begin, count, out[0], out[1], out[2]) ? 0 : 3;
  if (!strcmp(name, "adx")) return TA_ADX(0, last, HIGH, LOW, CLOSE, 14, begin, count, out[0]) ? 0 : 1;
  if (!strcmp(name, "rollingStd")) return TA_STDDEV(0, last, CLOSE, 20, 1, begin, count, out[0]) ? 0 : 1;
  if (!strcmp(name, "rollingMax")) return TA_MAX(0, last, HIGH, 20, begin, count, out[0]) ? 0 : 1;
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  n = atoi(argv[2]);
  FILE *file = fopen(argv[1], "rb");
  if (!file || n < 1) return 2;
  for (int i = 0; i < 6; i++) {
    columns[i] = malloc(n * sizeof(double));
    if (fread(columns[i], sizeof(double), n, file) != (size_t)n) return 2;
  }
  fclose(file);
  for (int i = 0; i < 3; i++) {
    out[i] = malloc(n * sizeof(double));
    memset(out[i], 0, n * sizeof(double));
  }
  TA_Initialize();
  char line[4096], verb[16], name[32], path[4000];
  while (fgets(line, sizeof line, stdin)) {
    int begin = 0, count = 0;
    path[0] = 0;
    if (sscanf(line, "%15s %31s %3999[^\n]", verb, name, path) < 2) return 2;
    long long wall = clock_ns(CLOCK_MONOTONIC), cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    int outputs = call(name, &begin, &count);
    cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = clock_ns(CLOCK_MONOTONIC) - wall;
    if (outputs == 0) return 3;
    if (!strcmp(verb, "dump")) {
      FILE *dump = fopen(path, "wb");
      if (!dump) return 4;
      double first = begin, undefined = NAN;
      fwrite(&first, sizeof first, 1, dump);
      for (int o = 0; o < outputs; o++) {
        for (int i = 0; i < begin; i++) fwrite(&undefined, sizeof undefined, 1, dump);
        fwrite(out[o], sizeof(double), count, dump);
      }
      fclose(dump);
    }
    printf("%lld %lld\n", wall, cpu);
    fflush(stdout);
  }
  return 0;
}
