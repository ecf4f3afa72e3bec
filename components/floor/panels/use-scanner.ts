'use client'

import { useEffect, useRef, useState } from 'react'
import { useStable } from '@/components/ui/use-stable'
import { type CodeReader, makeCodeReader } from './read-codes'

/** Several looks a second: fast enough for a steady hand, slow enough to keep the tablet cool. */
const LOOK_EVERY_MS = 150

export type CameraTrouble = 'NO_CAMERA' | 'DENIED' | 'IN_USE' | 'INSECURE'
type Camera = 'STARTING' | 'ON' | CameraTrouble

const troubles: Record<string, CameraTrouble> = {
  NotAllowedError: 'DENIED',
  SecurityError: 'DENIED',
  NotReadableError: 'IN_USE',
  AbortError: 'IN_USE',
}

function nameTrouble(error: unknown): CameraTrouble {
  return (error instanceof DOMException && troubles[error.name]) || 'NO_CAMERA'
}

async function openCamera(): Promise<MediaStream | CameraTrouble> {
  if (!window.isSecureContext) return 'INSECURE'
  if (!navigator.mediaDevices) return 'NO_CAMERA'
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      // The rear camera, which faces the guest's phone; a tablet without one uses its other camera.
      video: { facingMode: 'environment', width: { ideal: 1280 } },
    })
  } catch (error) {
    return nameTrouble(error)
  }
}

/** Runs the camera and reports every code it reads. A new `round` restarts it. */
export function useScanner({ round, onCode }: { round: number; onCode: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [camera, setCamera] = useState<Camera>('STARTING')
  const tellCode = useStable(onCode)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round means that staff try again
  useEffect(() => {
    let isWanted = true
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setTimeout> | undefined

    async function look(read: CodeReader, element: HTMLVideoElement) {
      const text = element.readyState >= element.HAVE_CURRENT_DATA ? await read(element) : null
      if (!isWanted) return
      if (text) tellCode(text)
      timer = setTimeout(() => void look(read, element), LOOK_EVERY_MS)
    }
    async function start() {
      setCamera('STARTING')
      const [opened, read] = await Promise.all([openCamera(), makeCodeReader()])
      if (!(opened instanceof MediaStream)) return isWanted && setCamera(opened)
      stream = opened
      const element = video.current
      if (!isWanted || !element) return close()
      element.srcObject = opened
      await element.play().catch(() => {})
      setCamera('ON')
      await look(read, element)
    }
    function close() {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    void start()
    return () => {
      isWanted = false
      clearTimeout(timer)
      close()
    }
  }, [round, tellCode])
  return { video, camera }
}
