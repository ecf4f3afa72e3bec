import { createHash } from 'node:crypto'

const KEY_LOCKING = 'allow-key-locking'

/**
 * Scripts for Upstash begin with `#!lua flags=allow-key-locking`, a flag that other Redis servers
 * refuse. Without it a script has another hash, so the hash that a client asks for is mapped to
 * that of the script as the server knows it; otherwise every EVALSHA would miss.
 */
export class ScriptHashes {
  readonly #servedByAsked = new Map<string, string>()

  /** The command as the server should get it, its name in capitals. Learns from EVAL and SCRIPT LOAD. */
  translate(command: readonly string[]): string[] {
    const [name = '', first = '', second = '', ...rest] = command
    if (name === 'EVAL' || name === 'EVAL_RO') return [name, this.#learn(first), second, ...rest]
    if (name === 'EVALSHA' || name === 'EVALSHA_RO') {
      return [name, this.#servedByAsked.get(first.toLowerCase()) ?? first, second, ...rest]
    }
    if (name !== 'SCRIPT') return [...command]
    const action = first.toUpperCase()
    if (action === 'LOAD') return ['SCRIPT', 'LOAD', this.#learn(second), ...rest]
    if (action !== 'EXISTS') return [...command]
    const asked = command.slice(2)
    return ['SCRIPT', 'EXISTS', ...asked.map((sha) => this.#servedByAsked.get(sha) ?? sha)]
  }

  #learn(script: string): string {
    const served = dropKeyLocking(script)
    if (served !== script) this.#servedByAsked.set(hashScript(script), hashScript(served))
    return served
  }
}

/** Other flags of the first line stay; the line break stays too, so that error lines are right. */
function dropKeyLocking(script: string): string {
  const end = script.indexOf('\n')
  const firstLine = end === -1 ? script : script.slice(0, end)
  const match = /^#!lua(?<middle>.*?)\bflags=(?<flags>\S+)(?<tail>.*)$/.exec(firstLine)
  const flags = match?.groups?.flags?.split(',')
  if (!match?.groups || !flags?.includes(KEY_LOCKING)) return script
  const kept = flags.filter((flag) => flag !== KEY_LOCKING)
  const { middle, tail } = match.groups
  const line = kept.length > 0 ? `#!lua${middle}flags=${kept.join(',')}${tail}` : ''
  return line + (end === -1 ? '' : script.slice(end))
}

/** The name under which Redis knows a script. */
export function hashScript(script: string): string {
  return createHash('sha1').update(script).digest('hex')
}
