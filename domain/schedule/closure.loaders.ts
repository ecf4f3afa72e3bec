import { listClosures } from './closure.queries'

export const loadClosures = listClosures
