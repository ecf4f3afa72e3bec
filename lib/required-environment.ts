/**
 * Reads the environment before anything else. A process whose environment is refused ends, having
 * said what is wrong: Next would keep it running and answer 500 to every request.
 */
export async function requireEnvironment(): Promise<void> {
  try {
    await import('./env')
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
