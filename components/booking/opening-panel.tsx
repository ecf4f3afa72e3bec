'use client'

import { type ComponentProps, lazy } from 'react'
import { LobbyPanel } from '@/components/opening/lobby/lobby-panel'

const load = () => import('./turn-board')
const TurnBoard = lazy(async () => ({ default: (await load()).TurnBoard }))
const board = { TurnBoard, load }

/** An opening together with the board on which its turns are used. */
export function OpeningPanel(props: Omit<ComponentProps<typeof LobbyPanel>, 'board'>) {
  return <LobbyPanel {...props} board={board} />
}
