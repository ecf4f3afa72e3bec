import { moveRoute } from '../../act-route'

export const POST = moveRoute('PUT_BACK')
