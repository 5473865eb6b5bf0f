/**
 * What the client formats share: a request before it is a task, and the steps from there. One
 * sub-package a format; none of them may know another.
 */
@NullMarked
package dev.reelay.http.dialect;

import org.jspecify.annotations.NullMarked;
