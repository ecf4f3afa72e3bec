import { hashScript, ScriptHashes } from '@/lib/redis/key-locking'
import type { Command, Reply, Upstream } from './upstream'

/** A client that loaded a script wants the hash of what it sent. */
function translateReply({ command, reply }: { command: Command; reply: Reply }): Reply {
  const isLoad = command[0] === 'SCRIPT' && command[1]?.toUpperCase() === 'LOAD'
  if (!isLoad || !Buffer.isBuffer(reply)) return reply
  return Buffer.from(hashScript(command[2] ?? ''))
}

/** The upstream as clients of Upstash see it. */
export function serveUpstashScripts(upstream: Upstream): Upstream {
  const hashes = new ScriptHashes()
  const translate = (command: Command): Command => {
    const [name, ...args] = command
    return [name, ...hashes.translate([name, ...args]).slice(1)]
  }
  return {
    ask: async (command) => {
      const reply = await upstream.ask(translate(command))
      return translateReply({ command, reply })
    },
    askAtomically: (commands) => upstream.askAtomically(commands.map(translate)),
    close: () => upstream.close(),
  }
}
