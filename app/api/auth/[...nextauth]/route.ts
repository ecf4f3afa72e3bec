import NextAuth from 'next-auth'
import { authOptions } from '@/domain/identity/loaders'

const handler = NextAuth(authOptions)

export { handler as GET, handler as POST }
