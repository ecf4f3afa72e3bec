import { readFileSync } from 'node:fs'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

/**
 * Prisma's schema engine as WebAssembly, the build that belongs to the pinned client. The native
 * engine would have to be downloaded. Its own entry file imports the .wasm as a module, which Node
 * can't do without a flag; this does the same by hand.
 */
export async function loadSchemaEngine({
  datamodels,
  adapter,
}: {
  datamodels: [string, string][]
  adapter: object
}): Promise<SchemaEngine> {
  // Its bindings keep their memory in module variables: a second instance would corrupt the first.
  loading ??= instantiate()
  await loading
  return bindings.SchemaEngine.new({ datamodels }, () => {}, adapter)
}

let loading: Promise<void> | undefined

async function instantiate(): Promise<void> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: reportPanic } })
  const entry = import.meta.resolve('@prisma/schema-engine-wasm')
  const bytes = readFileSync(new URL('./schema_engine_bg.wasm', entry))
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': { ...bindings },
  })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}

/** The engine calls this when it panics, right before it traps without a message. */
function reportPanic(message: string): void {
  process.stderr.write(`Prisma's schema engine gave up: ${message}\n`)
}
