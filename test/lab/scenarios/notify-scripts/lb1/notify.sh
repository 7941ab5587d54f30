#!/bin/sh
echo "$1" >>/run/keepalived-state
