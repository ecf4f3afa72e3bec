import { moveRoute } from '../../act-route'

export const POST = moveRoute('LAST_CALL')
