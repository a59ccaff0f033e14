import { Component, type ReactNode } from 'react';

type Props = { children: ReactNode; fallback: (message: string) => ReactNode };

/** A view that throws while it is drawn leaves the frame, and with it the stop, standing. Give it a `key` per view. */
export class ViewBoundary extends Component<Props, { message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    return this.state.message === null ? this.props.children : this.props.fallback(this.state.message);
  }
}
