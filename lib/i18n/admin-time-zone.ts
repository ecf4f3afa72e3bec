/** Admins work in Korea; a restaurant's own times are shown in its own zone. */
export const ADMIN_TIME_ZONE = 'Asia/Seoul'
