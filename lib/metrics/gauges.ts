import { Gauge, Registry } from 'prom-client'

/** What a scrape reads anew each time, by its name: the help, and its labels. */
export type GaugeDefinitions = Readonly<
  Record<string, { help: string; labels?: readonly string[] }>
>

export type Reading = { name: string; labels: Record<string, string>; value: number }

/**
 * Readings as Prometheus reads them. Nothing is kept from one scrape to the next, so that what is gone
 * is not repeated. Throws at a reading that is not defined.
 */
export async function writeGauges(
  definitions: GaugeDefinitions,
  readings: readonly Reading[],
): Promise<string> {
  const registry = new Registry()
  const gauges = new Map<string, Gauge>()
  for (const [name, { help, labels = [] }] of Object.entries(definitions)) {
    const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [registry] })
    // Without labels it would say 0 where nothing was read.
    if (labels.length === 0) gauge.remove()
    gauges.set(name, gauge)
  }
  for (const { name, labels, value } of readings) {
    const gauge = gauges.get(name)
    if (!gauge) throw new Error(`no gauge is called ${name}`)
    gauge.set(labels, value)
  }
  return registry.metrics()
}
