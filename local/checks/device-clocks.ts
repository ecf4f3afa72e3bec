import type { Finding } from './tree'

const READER = 'components/ui/client/device-clock.ts'

/** Reads the device's clock, which its owner can set while a page is open. */
const deviceClock = /\bDate\.now\b|\bnew Date(?:\(\s*\)|(?![\w(]))|(?<!new )\bDate\(\s*\)/

/**
 * In a browser the server's time, carried on by a steady clock, decides:
 * `components/ui/client/server-clock.ts`, `steady-clock.ts`. Only what has to go on while the device is
 * off is judged by its own clock, which one file reads.
 */
export function checkDeviceClocks({ file, source }: { file: string; source: string }): Finding[] {
  if (!/^components\/.*\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) return []
  if (file === READER) return []
  return source.split('\n').flatMap((line, index) => {
    if (!deviceClock.test(line)) return []
    const message = `line ${index + 1} reads the device’s clock: serverClock or readSteadyMs is meant`
    return [{ file, message, severity: 'error' }]
  })
}
