import { listClosures } from './queries'

export const loadClosures = listClosures
