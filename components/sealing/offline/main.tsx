import { createRoot } from 'react-dom/client';
import { Sealer } from './sealer';

const root = document.getElementById('sealer');
if (root !== null) createRoot(root).render(<Sealer />);
