import { checkFiles } from './files'

const findings = checkFiles(process.cwd())
for (const { file, message, severity } of findings) console.log(`${severity} ${file}: ${message}`)
if (findings.some((it) => it.severity === 'error')) process.exitCode = 1
