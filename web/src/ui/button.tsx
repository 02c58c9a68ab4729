import type { ReactNode } from 'react';
import { createLink } from '@tanstack/react-router';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Icon, type IconName } from './icon';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-primary text-on-primary border-primary hover:bg-primary-strong',
  secondary: 'bg-page text-primary border-primary hover:bg-tint',
  quiet: 'bg-transparent text-primary border-transparent hover:bg-tint',
  danger: 'bg-page text-error border-error hover:bg-late hover:text-on-late',
};

/** The look of a button, also worn by links that act like one. Never lower than 44 px. */
export function buttonClass(look: ButtonLook = 'secondary'): string {
  const shape =
    'button inline-flex min-h-11 items-center justify-center gap-1.5 rounded-8 border px-3.5 py-1.5 font-700';
  const states = 'cursor-pointer disabled:cursor-not-allowed disabled:opacity-55 data-[pending]:opacity-70';
  return `${shape} ${states} text-[0.9375rem] leading-130 no-underline ${LOOKS[look]}`;
}

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children'> {
  look?: ButtonLook;
  icon?: IconName;
  children: ReactNode;
}

/**
 * A pending button keeps the focus and ignores presses; React Aria's own pending state is not used, because what it
 * leaves in the live region names a button that may be gone.
 */
export function Button({ look, icon, children, isPending = false, onPress, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(isPending ? { 'aria-disabled': true, 'data-pending': true } : onPress && { onPress })}
      className={buttonClass(look)}
    >
      {icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}

/** A button that shows only a drawing: its name is spoken and shown as a tooltip. */
export function IconButton({
  icon,
  label,
  ...rest
}: Omit<AriaButtonProps, 'className'> & { icon: IconName; label: string }) {
  return (
    <AriaButton {...rest} aria-label={label} className={`${buttonClass('quiet')} min-w-11 px-2`}>
      <Icon name={icon} />
    </AriaButton>
  );
}

interface AnchorProps extends React.AnchorHTMLAttributes<HTMLAnchorElement> {
  look?: ButtonLook;
  icon?: IconName;
  ref?: React.Ref<HTMLAnchorElement>;
}

function Anchor({ look, icon, children, className: _theirs, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={buttonClass(look)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

/** A typed link of the router that looks like a button. */
export const LinkButton = createLink(Anchor);
