
'use strict';
// Draws each chart of the report from its data into the element that names it. Colours are classes of the
// style sheet, so that they follow the theme; every line also differs in its dashes, every bar has its label.
(function () {
  var dashes = ['', '7 4', '2 3', '10 3 2 3', '5 2', '1 4', '12 4', '3 6'];
  var charts = JSON.parse(document.getElementById('charts').textContent);
  var identity = 0;

  function number(value) {
    if (value === 0) return '0';
    var size = Math.abs(value);
    if (size >= 1000) return d3.format(',.0f')(value).replace(/,/g, '\u202f');
    return String(Number(value.toPrecision(3)));
  }
  function percent(share) { return number(100 * share) + ' %'; }

  function canvas(host, width, height, title) {
    return d3.select(host).append('svg').attr('viewBox', [0, 0, width, height].join(' '))
      .attr('role', 'img').attr('aria-label', title);
  }
  function legend(host, entries) {
    var items = d3.select(host).append('ul').attr('class', 'legend').selectAll('li').data(entries)
      .enter().append('li');
    items.append('svg').attr('viewBox', '0 0 26 12').attr('aria-hidden', 'true').each(function (entry) {
      entry.draw(d3.select(this));
    });
    items.append('span').text(function (entry) { return entry.name; });
  }
  function series_legend(host, names, used) {
    legend(host, used.map(function (i) {
      return {name: names[i], draw: function (svg) {
        svg.append('line').attr('x1', 0).attr('x2', 26).attr('y1', 6).attr('y2', 6).attr('class', 'curve s' + i % 8)
          .attr('stroke-dasharray', dashes[i % 8]);
      }};
    }));
  }
  function round_ticks(scale) {
    var ticks = scale.ticks().filter(function (t) {
      var lead = t / Math.pow(10, Math.floor(Math.log10(t) + 1e-9));
      return [1, 2, 5].some(function (l) { return Math.abs(lead - l) < 1e-6; });
    });
    return ticks.length >= 3 ? ticks : scale.ticks(6);
  }
  function axis_x(svg, scale, ticks, height, bottom, label, right) {
    var grid = svg.append('g').attr('class', 'grid');
    var last = -1e9;
    ticks.forEach(function (t) {
      var at = scale(t);
      grid.append('line').attr('x1', at).attr('x2', at).attr('y1', bottom).attr('y2', height);
      if (at - last < 44) return;
      last = at;
      svg.append('text').attr('class', 'soft').attr('x', at).attr('y', height + 16).attr('text-anchor', 'middle').text(number(t));
    });
    svg.append('text').attr('class', 'soft').attr('x', right).attr('y', height + 34).attr('text-anchor', 'end').text(label);
  }
  function limit_line(svg, x, top, bottom, text) {
    svg.append('line').attr('class', 'limit').attr('x1', x).attr('x2', x).attr('y1', top).attr('y2', bottom);
    svg.append('text').attr('class', 'soft').attr('x', x + 4).attr('y', bottom - 6).text(text);
  }

  function curve(host, chart, width, title) {
    var height = Math.max(260, Math.min(360, width * 0.55)), left = 58, right = width - 14, top = 8, bottom = height - 42;
    var all = [].concat.apply([], chart.series.map(function (s) { return s.points; }));
    var positive = all.map(function (p) { return p[0]; }).filter(function (x) { return x > 0; });
    var most = d3.max(positive), least = d3.min(positive);
    if (chart.limit) { most = Math.max(most, chart.limit * 1.15); least = Math.min(least, chart.limit); }
    var x = d3.scaleLog().domain([least * 0.95, most * 1.05]).range([left, right]);
    var low = d3.min(all, function (p) { return p[1]; });
    var y = d3.scaleLog().domain([Math.max(low, 1e-6), 1]).range([bottom, top]).clamp(true);
    series_legend(host, chart.names, chart.series.map(function (s) { return s.series; }));
    var svg = canvas(host, width, height, title);
    axis_x(svg, x, round_ticks(x), bottom, top, 'latency, ' + chart.unit, right);
    [1, 0.1, 0.01, 0.001, 1e-4, 1e-5, 1e-6].forEach(function (share) {
      if (share < y.domain()[0]) return;
      svg.append('g').attr('class', 'grid').append('line').attr('x1', left).attr('x2', right).attr('y1', y(share)).attr('y2', y(share));
      svg.append('text').attr('class', 'soft').attr('x', left - 8).attr('y', y(share) + 4).attr('text-anchor', 'end').text(percent(share));
    });
    if (chart.limit) limit_line(svg, x(chart.limit), top, bottom, 'deadline ' + number(chart.limit) + ' ' + chart.unit);
    var line = d3.line().x(function (p) { return x(Math.max(p[0], x.domain()[0])); }).y(function (p) { return y(p[1]); }).curve(d3.curveStepAfter);
    chart.series.forEach(function (s) {
      svg.append('path').attr('class', 'curve s' + s.series % 8).attr('stroke-dasharray', dashes[s.series % 8]).attr('d', line(s.points));
    });
    read_off(host, svg, chart, x, [left, right, top, bottom]);
  }
  // What the curves say where the pointer is.
  function read_off(host, svg, chart, x, box) {
    var reading = d3.select(host).append('p').attr('class', 'reading').text('Point at the chart to read it off.');
    var cursor = svg.append('line').attr('class', 'cursor').attr('y1', box[2]).attr('y2', box[3]).attr('visibility', 'hidden');
    var find = d3.bisector(function (p) { return p[0]; }).right;
    svg.on('mousemove', function () {
      var at = Math.max(box[0], Math.min(box[1], d3.mouse(svg.node())[0])), time = x.invert(at);
      cursor.attr('visibility', 'visible').attr('x1', at).attr('x2', at);
      reading.text('Longer than ' + number(time) + ' ' + chart.unit + ': ' + chart.series.map(function (s) {
        var i = find(s.points, time);
        return chart.names[s.series] + ' ' + percent(i === 0 ? 1 : s.points[i - 1][1]);
      }).join(' · '));
    });
  }

  function intervals(host, chart, width, title) {
    var all = [].concat.apply([], chart.groups.map(function (g) { return g.rows; }));
    var used = d3.set(all.map(function (r) { return r.series; })).values().map(Number).sort(d3.ascending);
    // Names too long to stand beside the rows stand above them.
    var above = chart.groups.some(function (g) { return g.name.length > 7; });
    var row = 19, gap = 14, head = above ? 17 : 0, left = above ? 12 : 52, right = width - 76, top = 6;
    var bottom = top + d3.sum(chart.groups, function (g) { return head + g.rows.length * row + gap; });
    var least = d3.min(all, function (r) { return r.lo; }), most = d3.max(all, function (r) { return r.hi; });
    if (chart.limit) { least = Math.min(least, chart.limit); most = Math.max(most, chart.limit); }
    var log = chart.scale === 'log' && least > 0;
    var x = log ? d3.scaleLog().domain([least * 0.9, most * 1.08])
      : d3.scaleLinear().domain([Math.min(0, least), Math.max(0, most)]).nice();
    x.range([left, right]);
    series_legend(host, chart.names, used);
    var svg = canvas(host, width, bottom + 42, title);
    axis_x(svg, x, log ? round_ticks(x) : x.ticks(Math.max(3, width / 110)), bottom, top, chart.scale === 'zero' ? 'difference, ' + chart.unit : chart.unit, right);
    if (chart.scale === 'zero') svg.append('line').attr('class', 'limit').attr('x1', x(0)).attr('x2', x(0)).attr('y1', top).attr('y2', bottom);
    if (chart.limit) limit_line(svg, x(chart.limit), top - 4, bottom, '');
    var at = top;
    chart.groups.forEach(function (group) {
      if (above) svg.append('text').attr('class', 'strong').attr('x', 0).attr('y', at + 12).text(group.name);
      else svg.append('text').attr('class', 'strong').attr('x', left - 10).attr('y', at + (group.rows.length * row) / 2 + 4).attr('text-anchor', 'end').text(group.name);
      at += head;
      group.rows.forEach(function (r) {
        var middle = at + row / 2, kind = r.series % 8;
        svg.append('line').attr('class', 'whisker s' + kind).attr('x1', x(r.lo)).attr('x2', x(r.hi)).attr('y1', middle).attr('y2', middle);
        var covers = chart.scale === 'zero' && r.lo <= 0 && r.hi >= 0;
        svg.append('circle').attr('class', covers ? 'empty s' + kind : 'f' + kind).attr('cx', x(r.v)).attr('cy', middle).attr('r', 4.5);
        svg.append('text').attr('x', Math.max(x(r.hi), x(r.v)) + 9).attr('y', middle + 4)
          .text((chart.scale === 'zero' && r.v > 0 ? '+' : '') + number(r.v) + (covers ? ' ~' : ''));
        at += row;
      });
      at += gap;
    });
  }

  function stack(host, chart, width, title) {
    var bar = 16, right = width - 4, hatch = 'hatch' + identity++;
    var most = chart.most || d3.max(chart.rows, function (r) { return d3.sum(r.values); }) || 1;
    var x = d3.scaleLinear().domain([0, most]).range([0, right]);
    if (chart.parts.length > 1) legend(host, chart.parts.map(function (p) {
      return {name: p.name, draw: function (svg) { swatch(svg, p, 4, 0, 18, 12, hatch); }};
    }));
    var groups = d3.set(chart.rows.map(function (r) { return r.group; })).size() > 1;
    var height = 0, group = null;
    chart.rows.forEach(function (r) { if (groups && r.group !== group) { group = r.group; height += 26; } height += bar + 24; });
    var svg = canvas(host, width, height + 4, title), at = 0;
    var pattern = svg.append('defs').append('pattern').attr('id', hatch).attr('width', 6).attr('height', 6).attr('patternUnits', 'userSpaceOnUse');
    pattern.append('path').attr('class', 'hatch').attr('d', 'M-1,7 L7,-1 M-1,1 L1,-1 M5,7 L7,5');
    group = null;
    chart.rows.forEach(function (r) {
      if (groups && r.group !== group) {
        group = r.group; at += 26;
        svg.append('text').attr('class', 'soft strong').attr('x', 0).attr('y', at - 8).text(group);
      }
      svg.append('text').attr('x', 0).attr('y', at + 13).text(r.name);
      svg.append('text').attr('class', 'strong').attr('x', right).attr('y', at + 13).attr('text-anchor', 'end').text(number(d3.sum(r.values)) + ' ' + chart.unit);
      svg.append('rect').attr('class', 'track').attr('x', 0).attr('y', at + 18).attr('width', right).attr('height', bar).attr('rx', 3);
      var sum = 0;
      r.values.forEach(function (value, i) {
        var from = x(sum), size = x(sum + value) - from;
        sum += value;
        if (!(size > 0)) return;
        swatch(svg, chart.parts[i], from, at + 18, size, bar, hatch)
          .append('title').text(chart.parts[i].name + ': ' + number(value) + ' ' + chart.unit);
        if (chart.parts.length > 1 && size > 10 + 6.5 * chart.parts[i].name.length) {
          svg.append('text').attr('class', 'inside').attr('x', from + size / 2).attr('y', at + 18 + bar / 2 + 4).attr('text-anchor', 'middle').text(chart.parts[i].name);
        }
      });
      at += bar + 24;
    });
  }
  function swatch(svg, part, x, y, width, height, hatch) {
    var box = svg.append('g');
    box.append('rect').attr('class', 'p' + part.color % 10).attr('x', x).attr('y', y).attr('width', width).attr('height', height).attr('rx', 2);
    if (part.hatched) box.append('rect').attr('x', x).attr('y', y).attr('width', width).attr('height', height).attr('rx', 2).attr('fill', 'url(#' + hatch + ')');
    return box;
  }

  // Rings as planner/data/land.py writes them: a first point, then steps of two digits, in tenths of a degree.
  function land() {
    var digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    var step = function (digit) { return digits.indexOf(digit) - 32; };
    return {type: 'MultiPolygon', coordinates: JSON.parse(document.getElementById('land').textContent).map(function (outline) {
      var x = outline[0], y = outline[1], steps = outline[2], ring = [[x / 10, y / 10]];
      for (var i = 0; i < steps.length; i += 2) {
        x += step(steps[i]); y += step(steps[i + 1]);
        ring.push([x / 10, y / 10]);
      }
      ring.push(ring[0]);
      return [ring];
    })};
  }
  function map(host, chart, width, title) {
    var places = chart.sites.concat(chart.populations);
    var points = {type: 'MultiPoint', coordinates: places.map(function (p) { return p.at; })};
    var longitudes = d3.extent(places, function (p) { return p.at[0]; });
    var wide = longitudes[1] - longitudes[0] > 120;
    var height = Math.round(wide ? width * 0.52 : Math.min(width * 0.62, 440)), edge = 26;
    // A lone place has no extent: some degrees around it are shown.
    var around = places.map(function (p) { return [[p.at[0] - 1.5, p.at[1] - 1.5], [p.at[0] + 1.5, p.at[1] + 1.5]]; });
    var shown = wide ? {type: 'Sphere'} : {type: 'MultiPoint', coordinates: [].concat.apply(points.coordinates, around)};
    var projection = d3.geoNaturalEarth1().rotate(wide ? [0, 0] : [-(longitudes[0] + longitudes[1]) / 2, 0])
      .fitExtent([[edge, edge], [width - edge, height - edge]], shown);
    var path = d3.geoPath(projection);
    var used = d3.set([].concat.apply([], chart.sites.map(function (s) { return s.used; }))).values().map(Number).sort(d3.ascending);
    legend(host, used.map(function (i) {
      return {name: chart.names[i], draw: function (svg) { svg.append('rect').attr('class', 'f' + i % 8).attr('x', 8).attr('y', 1).attr('width', 10).attr('height', 10); }};
    }).concat([{name: 'users', draw: function (svg) { svg.append('circle').attr('class', 'people').attr('cx', 13).attr('cy', 6).attr('r', 5); }}]));
    var svg = canvas(host, width, height, title), frame = 'frame' + identity++;
    svg.append('defs').append('clipPath').attr('id', frame).append('rect').attr('width', width).attr('height', height);
    var world = svg.append('g').attr('clip-path', 'url(#' + frame + ')');
    world.append('path').attr('class', 'graticule').attr('d', path(d3.geoGraticule().step(wide ? [20, 20] : [5, 5])()));
    if (wide) world.append('path').attr('class', 'sphere').attr('d', path({type: 'Sphere'}));
    world.append('path').attr('class', 'land').attr('d', path(land()));
    var radius = d3.scaleSqrt().domain([0, d3.max(chart.populations, function (p) { return p.users; }) || 1]).range([2, wide ? 9 : 18]);
    chart.populations.forEach(function (p) {
      var at = projection(p.at);
      world.append('circle').attr('class', 'people').attr('cx', at[0]).attr('cy', at[1]).attr('r', radius(p.users)).append('title').text(p.name + ': ' + number(p.users) + ' users');
    });
    var size = chart.sites.length > 60 ? 6 : 12;
    chart.sites.forEach(function (s) {
      var at = projection(s.at), box = world.append('g');
      box.append('title').text(s.name + (s.used.length ? ': ' + s.used.map(function (i) { return chart.names[i]; }).join(', ') : ''));
      s.used.forEach(function (i, k) {
        box.append('rect').attr('class', 'f' + i % 8).attr('x', at[0] - size / 2 + (k * size) / s.used.length).attr('y', at[1] - size / 2).attr('width', size / s.used.length).attr('height', size);
      });
      if (!s.used.length) box.append('rect').attr('class', 'unused').attr('x', at[0] - size / 2).attr('y', at[1] - size / 2).attr('width', size).attr('height', size);
      if (chart.sites.length <= 20) box.append('text').attr('x', at[0] + size / 2 + 4).attr('y', at[1] + 4).text(s.name);
    });
  }

  // Slices as columns: labels below as many as have room.
  function slice_labels(svg, labels, x, step, bottom) {
    var every = Math.ceil(46 / step);
    labels.forEach(function (label, i) {
      if (i % every === 0) svg.append('text').attr('class', 'soft').attr('x', x(i) + step / 2).attr('y', bottom + 16).attr('text-anchor', 'middle').text(label);
    });
  }
  function series(host, chart, width, title) {
    var height = 300, left = 58, right = width - 14, top = 8, bottom = height - 30;
    var known = [].concat.apply([], chart.series.map(function (s) { return s.points; })).filter(function (p) { return p; });
    var step = (right - left) / chart.labels.length;
    var x = function (i) { return left + i * step; };
    var y = d3.scaleLinear().domain([0, d3.max(known, function (p) { return p[2]; }) || 1]).nice().range([bottom, top]);
    series_legend(host, chart.names, chart.series.map(function (s) { return s.series; }));
    var svg = canvas(host, width, height, title), grid = svg.append('g').attr('class', 'grid');
    y.ticks(5).forEach(function (t) {
      grid.append('line').attr('x1', left).attr('x2', right).attr('y1', y(t)).attr('y2', y(t));
      svg.append('text').attr('class', 'soft').attr('x', left - 8).attr('y', y(t) + 4).attr('text-anchor', 'end').text(number(t));
    });
    svg.append('text').attr('class', 'soft').attr('x', left + 4).attr('y', top + 8).text(chart.unit);
    slice_labels(svg, chart.labels, x, step, bottom);
    var middle = function (p, i) { return x(i) + step / 2; }, there = function (p) { return p !== null; };
    chart.series.forEach(function (s) {
      svg.append('path').attr('class', 'band f' + s.series % 8).attr('d', d3.area().defined(there).x(middle)
        .y0(function (p) { return y(Math.max(0, p[1])); }).y1(function (p) { return y(p[2]); })(s.points));
      svg.append('path').attr('class', 'curve s' + s.series % 8).attr('stroke-dasharray', dashes[s.series % 8])
        .attr('d', d3.line().defined(there).x(middle).y(function (p) { return y(p[0]); })(s.points));
    });
    slice_reading(host, svg, chart.labels, x, step, [top, bottom], function (i) {
      return chart.series.map(function (s) {
        return chart.names[s.series] + ' ' + (s.points[i] ? number(s.points[i][0]) + ' ' + chart.unit : '–');
      }).join(' · ');
    });
  }
  function slice_reading(host, svg, labels, x, step, box, text) {
    var reading = d3.select(host).append('p').attr('class', 'reading').text('Point at the chart to read it off.');
    var cursor = svg.append('line').attr('class', 'cursor').attr('y1', box[0]).attr('y2', box[1]).attr('visibility', 'hidden');
    svg.on('mousemove', function () {
      var at = d3.mouse(svg.node()), i = Math.max(0, Math.min(labels.length - 1, Math.floor((at[0] - x(0)) / step)));
      cursor.attr('visibility', 'visible').attr('x1', x(i) + step / 2).attr('x2', x(i) + step / 2);
      reading.text(labels[i] + ': ' + text(i, at[1]));
    });
  }
  function heat(host, chart, width, title) {
    var row = 22, right = width - 4, top = 4, bottom = top + row * chart.rows.length;
    var left = Math.min(width / 3, 16 + 7 * d3.max(chart.rows, function (r) { return r.name.length; }));
    var step = (right - left) / chart.labels.length, x = function (i) { return left + i * step; };
    var all = [].concat.apply([], chart.rows.map(function (r) { return r.values; })).filter(function (v) { return v !== null; });
    var scale = d3.scaleSequential(d3.interpolateCividis).domain(d3.extent(all));
    legend(host, [{name: number(d3.min(all)) + ' ' + chart.unit, at: d3.min(all)}, {name: number(d3.max(all)) + ' ' + chart.unit, at: d3.max(all)}].map(function (e) {
      return {name: e.name, draw: function (svg) { svg.append('rect').attr('x', 6).attr('y', 0).attr('width', 14).attr('height', 12).attr('fill', scale(e.at)); }};
    }));
    var svg = canvas(host, width, bottom + 24, title);
    chart.rows.forEach(function (r, k) {
      svg.append('text').attr('x', left - 8).attr('y', top + k * row + row / 2 + 4).attr('text-anchor', 'end').text(r.name);
      r.values.forEach(function (value, i) {
        if (value === null) return;
        svg.append('rect').attr('x', x(i)).attr('y', top + k * row).attr('width', Math.max(1, step - 1)).attr('height', row - 1).attr('fill', scale(value));
        if (step > 34) svg.append('text').attr('class', 'inside').attr('x', x(i) + step / 2).attr('y', top + k * row + row / 2 + 4).attr('text-anchor', 'middle').text(number(value));
      });
    });
    slice_labels(svg, chart.labels, x, step, bottom);
    slice_reading(host, svg, chart.labels, x, step, [top, bottom], function (i, y) {
      var r = chart.rows[Math.max(0, Math.min(chart.rows.length - 1, Math.floor((y - top) / row)))];
      return r.name + ' ' + (r.values[i] === null ? '–' : number(r.values[i]) + ' ' + chart.unit);
    });
  }

  var painters = {curve: curve, intervals: intervals, stack: stack, map: map, series: series, heat: heat};
  function draw(host) {
    var chart = charts[Number(host.getAttribute('data-chart'))];
    var width = Math.max(280, Math.round(host.clientWidth));
    d3.select(host).selectAll('*').remove();
    painters[chart.kind](host, chart, width, host.getAttribute('data-title'));
    host.setAttribute('data-drawn', String(width));
  }
  var hosts = [].slice.call(document.querySelectorAll('.chart'));
  hosts.forEach(draw);
  var pending = null;
  window.addEventListener('resize', function () {
    clearTimeout(pending);
    pending = setTimeout(function () {
      hosts.forEach(function (host) { if (Number(host.getAttribute('data-drawn')) !== host.clientWidth) draw(host); });
    }, 120);
  });

  // Paper cannot be clicked at: it shows the tables, other than those that would fill it page after page.
  var longest_on_paper = 60;
  var closed = [];
  window.addEventListener('beforeprint', function () {
    closed = [].slice.call(document.querySelectorAll('details.twin:not([open])')).filter(function (one) {
      return one.querySelectorAll('tbody tr').length <= longest_on_paper;
    });
    closed.forEach(function (one) { one.open = true; });
  });
  window.addEventListener('afterprint', function () { closed.forEach(function (one) { one.open = false; }); });
})();
