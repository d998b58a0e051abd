/** The result of some work, or the reason of `stop` as soon as that is aborted. The work itself is not stopped. */
export function endedBy<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(stop.reason as Error)
    if (stop.aborted) end()
    stop.addEventListener('abort', end)
    // A caller may give the same signal to thousands of questions.
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', end))
  })
}
