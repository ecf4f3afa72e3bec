import { expect, it } from 'vitest'
import { writeGauges } from './gauges'

const definitions = { depth: { help: 'How deep.', labels: ['of'] }, age: { help: 'How old.' } }
const samples = async (...asked: Parameters<typeof writeGauges>) =>
  (await writeGauges(...asked)).split('\n').filter((line) => line && !line.startsWith('#'))

it('writes what was read, and nothing of what was not', async () => {
  const readings = [{ name: 'depth', labels: { of: 'MAIL' }, value: 2 }]
  expect(await samples(definitions, readings)).toEqual(['depth{of="MAIL"} 2'])
  const age = { name: 'age', labels: {}, value: 0.5 }
  expect(await samples(definitions, [age])).toEqual(['age 0.5'])
  expect(await writeGauges(definitions, [])).toContain('# TYPE depth gauge')
})

it('refuses a reading or a label that is not defined', async () => {
  const unknown = { name: 'dpeth', labels: {}, value: 1 }
  await expect(writeGauges(definitions, [unknown])).rejects.toThrow('no gauge is called dpeth')
  const named = { name: 'depth', labels: { restaurant: 'Kim' }, value: 1 }
  await expect(writeGauges(definitions, [named])).rejects.toThrow(/restaurant/)
})
