#!/bin/sh
pidof haproxy >/dev/null
