import { show } from '../statistics'
import { CPU_GROUPS } from './meter'
import { CPU_CONNECTIONS, type CpuOutcome } from './rows'

/** CPU ratios, judged with many connections, and where a request's milliseconds go then. */
export function tabulateCpu(outcomes: CpuOutcome[]): string {
  const few = CPU_CONNECTIONS[0]
  const many = CPU_CONNECTIONS[1]
  const lines = outcomes.map((outcome) => {
    const { title, pass, aim, verdict } = outcome
    const [at, judged] = [few, many].map((connections) => tell({ outcome, connections }))
    const cells = [title, at, judged, `≤ ${pass}`, `≤ ${aim}`, verdict]
    return `| ${[...cells, split({ outcome, connections: many }), listOthers(outcome)].join(' | ')} |`
  })
  return [
    `| CPU of the server’s processes, request ÷ B0 | ${few} connections | ${many} connections | pass | aim | reached | ms of ${CPU_GROUPS.join(' + ')} | anything else |`,
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}

interface Cell {
  outcome: CpuOutcome
  connections: number
}

function find({ outcome: { at }, connections }: Cell) {
  return at.find((measured) => measured.connections === connections)
}

function tell(cell: Cell): string {
  const ratio = find(cell)?.ratio
  return ratio ? `${show(ratio.median)} (${show(ratio.least)} – ${show(ratio.most)})` : ''
}

function split(cell: Cell): string {
  const times = find(cell)?.perRequestMs
  return times ? CPU_GROUPS.map((group) => show(times[group])).join(' + ') : ''
}

function listOthers({ others }: CpuOutcome): string {
  const parts = Object.entries(others).map(([what, count]) => `${count} × ${what}`)
  return parts.join(', ') || 'nothing'
}
