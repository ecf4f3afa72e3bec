import { cruise } from './imports'

const { seen, rules, violations } = await cruise(process.cwd())
for (const { from, to, rule } of violations) {
  const why = rules.find((it) => it.name === rule)?.comment
  console.log(`error ${from} → ${to} (${rule}: ${why})`)
}
if (seen.length === 0) {
  console.log('error dependency-cruiser saw no TypeScript at all: is TypeScript 6 installed?')
}
console.log(`${seen.length} files, ${rules.length} rules, ${violations.length} violations`)
if (violations.length > 0 || seen.length === 0) process.exitCode = 1
