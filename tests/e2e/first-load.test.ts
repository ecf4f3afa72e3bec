import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { setUpBoard } from '../support/diner-scene'
import { useApps } from '../support/http-scene'
import { createOpening } from '../support/opening-scene'

const apps = useApps()
const BUILD = path.resolve(import.meta.dirname, '../../.next')
const manifest = z.object({ rootMainFiles: z.array(z.string()) })

/** What a browser downloads, each file counted once. */
const sizeOf = (contents: Buffer[]) =>
  contents.reduce((sum, content) => sum + gzipSync(content).length, 0)

/** The scripts that every page of the build loads: what the framework costs. */
function readBareSize(): number {
  const text = readFileSync(path.join(BUILD, 'build-manifest.json'), 'utf8')
  const { rootMainFiles } = manifest.parse(JSON.parse(text))
  return sizeOf(rootMainFiles.map((file) => readFileSync(path.join(BUILD, file))))
}

/** The scripts a page needs before it is interactive, without the polyfills for old browsers. */
async function readPageSize(pagePath: string): Promise<number> {
  const html = await (await fetch(`${apps.urlOf()}${pagePath}`)).text()
  const scripts = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)
  const sources = scripts
    .filter((tag) => !/nomodule/i.test(tag))
    .flatMap((tag) => /src="([^"]+)"/.exec(tag)?.[1] ?? [])
  const contents = await Promise.all(
    [...new Set(sources)].map(async (source) =>
      Buffer.from(await (await fetch(new URL(source, apps.urlOf()))).arrayBuffer()),
    ),
  )
  return sizeOf(contents)
}

describe('first-load script', () => {
  test('of a diner’s page is at most a quarter more than that of a bare page', async () => {
    const { slug, restaurantId } = await setUpBoard()
    const { openingId } = await createOpening({ restaurantId })
    const bare = readBareSize()
    expect(bare).toBeGreaterThan(50_000)
    for (const pagePath of [
      '/',
      '/restaurants',
      `/restaurants/${slug}`,
      `/en/restaurants/${slug}`,
      `/openings/${openingId}`,
      `/en/openings/${openingId}`,
    ]) {
      const ratio = (await readPageSize(pagePath)) / bare
      if (process.env.SHOW_FIRST_LOAD) process.stdout.write(`${pagePath} ${ratio.toFixed(3)}\n`)
      expect(ratio, pagePath).toBeGreaterThan(1)
      expect(ratio, pagePath).toBeLessThanOrEqual(1.25)
    }
  })

  test('what people type: what is known of every country’s phones is in no script of a browser', () => {
    const read = (folder: string) =>
      readdirSync(path.join(BUILD, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.js'))
        .map((file) => readFileSync(path.join(BUILD, folder, file), 'utf8'))
    const knowsPhones = (script: string) => script.includes('country_calling_codes')
    expect(read('server').some(knowsPhones)).toBe(true)
    expect(read('static').some(knowsPhones)).toBe(false)
  })
})
