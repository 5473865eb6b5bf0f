/** DashScope, played as the adapter's sources describe it. */
@NullMarked
package dev.reelay.lab.dashscope;

import org.jspecify.annotations.NullMarked;
