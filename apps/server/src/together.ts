/**
 * Waits for works that run at once and watch the signal of `stop`. After a failure the others are stopped and waited for, so that
 * nothing goes on behind the back of its job; then what failed first is thrown, not what was stopped because of it.
 */
export async function together<T extends readonly unknown[] | []>(
  stop: AbortController,
  works: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  try {
    return await Promise.all(works)
  } catch (error) {
    stop.abort(error)
    await Promise.allSettled(works)
    throw stop.signal.reason
  }
}

/** Waits for works that have nothing to do with one another: all are finished, then the first failure in their order is thrown. */
export async function allFinished<T>(works: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works)
  return Promise.all(works)
}
