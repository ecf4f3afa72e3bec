import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import encodeQR from 'qr'

const WIDTH = 640
const HEIGHT = 480
const FRAMES = 2
const LIGHT = 235
const DARK = 16
/** The two colour planes at a quarter of the size, without colour. */
const GREY = 128

/** A picture of a code in the middle of a light table: the brightness of each point. */
function drawCode(text: string): Buffer {
  const code = encodeQR(text, 'raw', { border: 4 })
  const scale = Math.floor((HEIGHT * 0.9) / code.length)
  const left = Math.floor((WIDTH - code.length * scale) / 2)
  const top = Math.floor((HEIGHT - code.length * scale) / 2)
  const picture = Buffer.alloc(WIDTH * HEIGHT, LIGHT)
  for (const [row, modules] of code.entries())
    for (const [column, isDark] of modules.entries())
      for (let line = 0; isDark && line < scale; line += 1) {
        const at = (top + row * scale + line) * WIDTH + left + column * scale
        picture.fill(DARK, at, at + scale)
      }
  return picture
}

/** A camera's view of a guest's phone, for Chromium's `use-file-for-fake-video-capture`. */
export function filmCode(text: string): string {
  const frame = Buffer.concat([
    Buffer.from('FRAME\n'),
    drawCode(text),
    Buffer.alloc((WIDTH * HEIGHT) / 2, GREY),
  ])
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`)
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'bobjool-camera-')), 'code.y4m')
  writeFileSync(file, Buffer.concat([header, ...Array.from({ length: FRAMES }, () => frame)]))
  return file
}
