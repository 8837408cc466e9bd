#!/usr/bin/env Rscript
# Writes the outlines of the countries, as the desktop's map draws them:
#
#   Rscript gui/data/natural_earth.R gui/data/countries.bin
#
# Source: Natural Earth 1:50m cultural vectors, admin 0 countries (public domain, naturalearthdata.com), from
# the Debian package r-cran-rnaturalearthdata. The result is kept in the tree, so that a build needs no R.
#
# Format: a 32-bit big-endian length, then that many bytes compressed by zlib (what qUncompress reads):
#   u16 countries; each: u8 length and UTF-8 name, i16 longitude and latitude of its label,
#   u16 rings; each: u16 points, then the points as i16 steps of longitude and latitude from the one before,
#   the first from (0, 0). Integers are little-endian, one unit is 1/100 degree.
output <- commandArgs(trailingOnly = TRUE)[1]
env <- new.env()
lazyLoad(file.path(system.file("data", package = "rnaturalearthdata"), "Rdata"), envir = env)
countries <- get("countries50", envir = env)

units_per_degree <- 100
steps_of <- function(ring) {
  units <- round(ring * units_per_degree)
  kept <- c(TRUE, rowSums(abs(diff(units))) > 0)
  units <- units[kept, , drop = FALSE]
  if (nrow(units) < 4) return(NULL)
  rbind(units[1, ], diff(units))
}
shorts <- function(values) writeBin(as.integer(values), raw(), size = 2, endian = "little")

encode_country <- function(polygons, name) {
  rings <- Filter(Negate(is.null), lapply(polygons@Polygons, function(p) steps_of(p@coords)))
  largest <- polygons@Polygons[[which.max(sapply(polygons@Polygons, function(p) p@area))]]
  text <- charToRaw(enc2utf8(name))
  c(as.raw(length(text)), text, shorts(round(largest@labpt * units_per_degree)), shorts(length(rings)),
    unlist(lapply(rings, function(steps) c(shorts(nrow(steps)), shorts(as.vector(t(steps)))))))
}

names <- as.character(countries@data$name)
encoded <- mapply(encode_country, countries@polygons, names, SIMPLIFY = FALSE)
bytes <- c(shorts(length(encoded)), unlist(encoded))
writeBin(c(writeBin(length(bytes), raw(), size = 4, endian = "big"), memCompress(bytes, "gzip")), output)
cat(length(encoded), "countries,", length(bytes), "bytes, compressed", file.size(output), "\n")
