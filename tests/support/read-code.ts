import type { Page } from 'playwright-core'
import { decodeQR } from 'qr/decode.js'

/** What a camera reads from the screen, whatever its colours are. */
export async function readCode({ page, label }: { page: Page; label: string }): Promise<string> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const picture = await page.getByRole('img', { name: label }).screenshot()
  await page.emulateMedia({ colorScheme: 'light' })
  const pixels = await page.evaluate(async (base64) => {
    const bitmap = new Image()
    bitmap.src = `data:image/png;base64,${base64}`
    await bitmap.decode()
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const read = context?.getImageData(0, 0, bitmap.width, bitmap.height)
    return { width: bitmap.width, height: bitmap.height, data: Array.from(read?.data ?? []) }
  }, picture.toString('base64'))
  return decodeQR({ ...pixels, data: Uint8ClampedArray.from(pixels.data) })
}
