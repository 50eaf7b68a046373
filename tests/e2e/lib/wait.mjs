/** Asks `probe` until it answers something true, and returns that; for what no event announces. */
export async function until(probe, what, timeout = 30_000) {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${timeout} ms for ${what}${last ? `: ${last.message}` : ''}`, { cause: last });
    await new Promise((later) => setTimeout(later, 50));
  }
}

/** The same for a hanging promise: an error that says what hung. */
export function within(promise, what, timeout = 30_000) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer in ${timeout} ms: ${what}`)), timeout);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
