/**
 * Tells a person at a terminal what is going on: one line per step, with the seconds it took. On a
 * terminal the line of the running step counts on; in a log it is said again every ten seconds.
 */

const REPEAT_AFTER_MS = 10_000

/** @param {NodeJS.WriteStream} out */
export function makeProgress(out = process.stdout) {
  const isTerminal = Boolean(out.isTTY)
  const clear = isTerminal ? '\r\x1b[2K' : ''

  /** @param {string} line */
  function say(line) {
    out.write(`${clear}${line}\n`)
  }

  /**
   * @template T
   * @param {string} label
   * @param {(report: (detail: string) => void) => Promise<T> | T} work
   * @returns {Promise<T>}
   */
  async function step(label, work) {
    const startedAt = performance.now()
    let detail = ''
    const draw = () =>
      out.write(`${clear}${shorten(`  · ${label} ${elapsed(startedAt)} ${detail}`)}`)
    const repeat = () => say(`  · ${label} ${elapsed(startedAt)} ${detail}`)
    if (isTerminal) draw()
    else say(`  · ${label}`)
    const timer = setInterval(isTerminal ? draw : repeat, isTerminal ? 100 : REPEAT_AFTER_MS)
    try {
      const result = await work((text) => {
        detail = text
      })
      say(`  ✓ ${label} ${elapsed(startedAt)}`)
      return result
    } catch (error) {
      say(`  ✗ ${label} ${elapsed(startedAt)}`)
      throw error
    } finally {
      clearInterval(timer)
    }
  }

  /** @param {string} line */
  function shorten(line) {
    return line.slice(0, (out.columns ?? 80) - 1)
  }

  return { say, step }
}

/** @param {number} startedAt */
function elapsed(startedAt) {
  return `(${((performance.now() - startedAt) / 1000).toFixed(1)} s)`
}
