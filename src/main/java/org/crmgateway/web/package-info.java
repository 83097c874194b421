/** The HTTP ports: limits, contract pages, health, metrics. What reaches a service from here is a complete, bounded POST of XML. */
@NullMarked
package org.crmgateway.web;

import org.jspecify.annotations.NullMarked;
