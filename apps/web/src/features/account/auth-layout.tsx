export { AuthLayout } from '@wedsync/ui/auth-layout';
