"""The peer: NetworkX. Reads DIR/edges and DIR/buffers, builds the graph and runs Dijkstra from service 0.

Usage: cascade_networkx.py DIR; times are the processor's, the distances are left in DIR/networkx. Debian: python3-networkx, python3-numpy.
"""
import gc
import json
import resource
import sys
import time

import networkx as nx
import numpy as np

folder = sys.argv[1]
gc.disable()  # a third quicker, since nothing here is garbage

start = time.process_time()
edges = np.fromfile(folder + "/edges", dtype=np.int64, sep=" ").reshape(-1, 2)
buffers = np.fromfile(folder + "/buffers", dtype=np.int64, sep="\n")
graph = nx.DiGraph()
graph.add_nodes_from(range(len(buffers)))
graph.add_weighted_edges_from(zip(edges[:, 0].tolist(), edges[:, 1].tolist(), buffers[edges[:, 1]].tolist()))
load = time.process_time() - start

best = float("inf")
for _ in range(2):
    start = time.process_time()
    far = nx.single_source_dijkstra_path_length(graph, 0)
    best = min(best, time.process_time() - start)

times = np.full(len(buffers), 2**32 - 1, dtype=np.uint32)
for node, distance in far.items():
    times[node] = distance
times.tofile(folder + "/networkx")
print(json.dumps({"bench": "networkx", "services": len(buffers), "load_ms": round(load * 1e3, 3), "ms": round(best * 1e3, 3),
                  "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
