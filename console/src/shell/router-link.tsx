import {
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  NavLink,
  type NavLinkProps,
} from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, forwardRef } from 'react';

type NativeLink<Props> = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props>;

/** A button that goes to a page. */
export const LinkButton = createLink(
  forwardRef<HTMLAnchorElement, ButtonProps & NativeLink<ButtonProps>>((props, ref) => (
    <Button {...props} ref={ref} component="a" />
  )),
);

/** A link within text. */
export const TextLink = createLink(
  forwardRef<HTMLAnchorElement, AnchorProps & NativeLink<AnchorProps>>((props, ref) => (
    <Anchor underline="always" {...props} ref={ref} />
  )),
);

/** A link of the navigation. */
export const NavigationLink = createLink(
  forwardRef<HTMLAnchorElement, NavLinkProps & NativeLink<NavLinkProps>>((props, ref) => (
    <NavLink {...props} ref={ref} component="a" />
  )),
);
