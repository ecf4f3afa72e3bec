import { createHash } from 'node:crypto'
import type { Command, Reply, Upstream } from './upstream'

const KEY_LOCKING = 'allow-key-locking'

/**
 * Scripts for Upstash begin with `#!lua flags=allow-key-locking`, a flag that other Redis servers
 * refuse. Without it a script has another hash, so the hash that a client asks for is mapped to
 * that of the script as the server knows it; otherwise every EVALSHA would miss.
 */
export class ScriptHashes {
  readonly #servedByAsked = new Map<string, string>()

  /** The command as the server should get it. Learns from EVAL and SCRIPT LOAD. */
  translate(command: Command): Command {
    const [name, first = '', second = '', ...rest] = command
    if (name === 'EVAL' || name === 'EVAL_RO') return [name, this.#learn(first), second, ...rest]
    if (name === 'EVALSHA' || name === 'EVALSHA_RO') {
      return [name, this.#servedByAsked.get(first.toLowerCase()) ?? first, second, ...rest]
    }
    if (name !== 'SCRIPT') return command
    const action = first.toUpperCase()
    if (action === 'LOAD') return ['SCRIPT', 'LOAD', this.#learn(second), ...rest]
    if (action !== 'EXISTS') return command
    const asked = command.slice(2)
    return ['SCRIPT', 'EXISTS', ...asked.map((sha) => this.#servedByAsked.get(sha) ?? sha)]
  }

  /** A client that loaded a script wants the hash of what it sent. */
  translateReply({ command, reply }: { command: Command; reply: Reply }): Reply {
    const isLoad = command[0] === 'SCRIPT' && command[1]?.toUpperCase() === 'LOAD'
    if (!isLoad || !Buffer.isBuffer(reply)) return reply
    return Buffer.from(hash(command[2] ?? ''))
  }

  #learn(script: string): string {
    const served = dropKeyLocking(script)
    if (served !== script) this.#servedByAsked.set(hash(script), hash(served))
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

function hash(script: string): string {
  return createHash('sha1').update(script).digest('hex')
}

/** The upstream as clients of Upstash see it. */
export function serveUpstashScripts(upstream: Upstream): Upstream {
  const hashes = new ScriptHashes()
  return {
    ask: async (command) => {
      const reply = await upstream.ask(hashes.translate(command))
      return hashes.translateReply({ command, reply })
    },
    askAtomically: (commands) =>
      upstream.askAtomically(commands.map((command) => hashes.translate(command))),
    close: () => upstream.close(),
  }
}
