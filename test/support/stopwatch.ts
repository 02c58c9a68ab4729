/** Begins to measure; what it gives says in one line of the test's output how long it took, and returns the seconds. */
export function stopwatch(): (what: string, between: string) => number {
  const begun = performance.now();
  return (what, between) => {
    const seconds = (performance.now() - begun) / 1000;
    process.stdout.write(`${what}: ${seconds.toFixed(1)} s ${between}\n`);
    return seconds;
  };
}
