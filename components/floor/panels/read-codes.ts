/** Reads the QR code in a camera picture; null when it finds none. */
export type CodeReader = (video: HTMLVideoElement) => Promise<string | null>

type Detected = { rawValue: string }
type Detector = { detect: (source: HTMLVideoElement) => Promise<Detected[]> }
type DetectorClass = {
  new (options: { formats: string[] }): Detector
  getSupportedFormats: () => Promise<string[]>
}

declare global {
  interface Window {
    /** The system's own reader, missing in some browsers and in TypeScript's library. */
    BarcodeDetector?: DetectorClass
  }
}

/** Enough for a code held at arm's length, and fast on an old tablet. */
const LONGEST_SIDE_PX = 640

async function makeSystemReader(): Promise<CodeReader | null> {
  const { BarcodeDetector } = window
  if (!BarcodeDetector) return null
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => null)
  if (!formats?.includes('qr_code')) return null
  const detector = new BarcodeDetector({ formats: ['qr_code'] })
  return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null
}

async function makeOwnReader(): Promise<CodeReader> {
  const { default: decode } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(video.videoWidth, video.videoHeight))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    if (!context || canvas.width === 0) return null
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    try {
      return decode(context.getImageData(0, 0, canvas.width, canvas.height))
    } catch {
      // The decoder throws when it finds no code, which is nearly always.
      return null
    }
  }
}

/** Prefers the system's reader; ours is loaded only where that is missing. */
export async function makeCodeReader(): Promise<CodeReader> {
  return (await makeSystemReader()) ?? makeOwnReader()
}
