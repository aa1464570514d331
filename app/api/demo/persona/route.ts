import { demoRefusal, safeReturn } from '@/lib/server/demo-request';
import { becomePersona } from '@/lib/server/demo-sign-in';

/** Changes who the visitor is: a real sign-in, with a session of its own. */
export async function POST(request: Request): Promise<Response> {
  const refused = demoRefusal(request);
  if (refused) return refused;
  const form = await request.formData();
  const slug = form.get('persona');
  return becomePersona(request, typeof slug === 'string' ? slug : '', safeReturn(form.get('return')));
}
