import { askApi } from './api-client'

export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

/** The samples of Prometheus' text format. Throws at a line that is none. */
export function parseSamples(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, inside = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
      if (name === undefined) throw new Error(`not a sample: ${line}`)
      const labels = [...inside.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]
      return {
        name,
        labels: Object.fromEntries(labels.map(([, label = '', said = '']) => [label, said])),
        value: Number(value),
      }
    })
}

/** What Prometheus reads of a process, with its token. */
export async function scrape(url: string): Promise<{ samples: Sample[] }> {
  const token = process.env.METRICS_TOKEN
  const { status, text } = await askApi({ url, path: '/api/metrics', token })
  if (status !== 200) throw new Error(`the metrics answered ${status}: ${text}`)
  return { samples: parseSamples(text) }
}

/** The value of one series. Undefined: there is none. */
export function readSample(
  samples: readonly Sample[],
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  return samples.find(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value
}
