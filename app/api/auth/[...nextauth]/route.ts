import NextAuth from 'next-auth'
import { authOptions } from '@/domain/identity/loaders'
import { authRoute } from '@/lib/http/auth-route'

const handler = authRoute(NextAuth(authOptions))

export { handler as GET, handler as POST }
