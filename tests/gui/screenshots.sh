#!/bin/bash
# Renders every view of the desktop in a real window: at 100 and 200 %, light and dark, and at 300 %; the map and the
# comparison of a sample of five strategies at 200 %, those of every sample at 100 %. Needs xvfb-run.
#   screenshots.sh GUI_SCREENSHOTS FOLDER
set -e
tool=$1
folder=$2

shoot() {  # FOLDER SCALE light|dark SAMPLE all|maps
  mkdir -p "$1"
  QT_QPA_PLATFORM=xcb QT_SCALE_FACTOR=$2 xvfb-run -a -s "-screen 0 $((1440 * $2))x$((900 * $2))x24" "$tool" "$1" "$3" "$4" "$5"
}

for scale in 1 2; do
  for theme in light dark; do shoot "$folder/${scale}00" $scale $theme first-steps all; done
done
shoot "$folder/300" 3 light first-steps all
for theme in light dark; do shoot "$folder/shop-200ms-200" 2 $theme shop-200ms maps; done
for sample in $(QT_QPA_PLATFORM=offscreen "$tool" --samples); do
  for theme in light dark; do shoot "$folder/$sample" 1 $theme "$sample" maps; done
done
