"""Makes the scripted modules of ScriptedModuleTest, and trains one of them in PyTorch.

    python scripts.py        (torch and numpy; written with torch 2.15)

The numbers go to trained.json: PyTorch's own optimizers, on the data loss plus the penalty that autograd differentiates.
"""

import json
import zipfile

import numpy as np
import torch
from torch import nn


class Images(nn.Module):
    """Images [1, 6, 6] to three classes; nested names, a normalization layer, no bias in front of it."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 2, 3, bias=False), nn.BatchNorm2d(2), nn.ReLU())
        self.head = nn.Linear(32, 3)

    def forward(self, x):
        return self.head(self.body(x).flatten(1))


class Rows(nn.Module):
    """Rows of 5 numbers to two outputs: dropout, a parameter of its own, a frozen one, a buffer."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.full((4,), 0.5))
        self.first = nn.Linear(5, 4)
        self.dropout = nn.Dropout(0.5)
        self.last = nn.Linear(4, 2)
        self.last.bias.requires_grad_(False)
        self.register_buffer("shift", torch.full((2,), 0.25))

    def forward(self, x):
        return self.last(self.dropout(torch.tanh(self.first(x))) * self.scale) + self.shift


class Nothing(nn.Module):
    def forward(self, x):
        return x


class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(5, 2)

    def forward(self, x):
        return self.layer(x), x


class Digits(nn.Module):
    """Images [1, 8, 8] to ten classes; running statistics, dropout, and a layer that is never used."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(64, 8)
        self.norm = nn.BatchNorm1d(8)
        self.dropout = nn.Dropout(0.3)
        self.output = nn.Linear(8, 10)
        self.unused = nn.Linear(2, 2)

    def forward(self, x):
        return self.output(self.dropout(torch.relu(self.norm(self.hidden(x.flatten(1))))))


def save(module, file):
    """Saves a module, without what only its stack traces need."""
    torch.jit.script(module).save(file)
    with zipfile.ZipFile(file) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist() if not name.endswith(".debug_pkl")]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content)


def batch(step):
    x = np.sin(0.7 * np.arange(8 * 36) + step).astype(np.float32).reshape(8, 1, 6, 6)
    return torch.from_numpy(x), torch.tensor([(3 * i + step) // 2 % 3 for i in range(8)])


def train(module, optimizer, penalty):
    module.train()
    losses = []
    for step in range(6):
        x, y = batch(step)
        loss = nn.functional.cross_entropy(module(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        (loss + penalty(module)).backward()
        optimizer.step()
    module.eval()
    named = dict(module.named_parameters()) | dict(module.named_buffers())
    return {
        "losses": losses,
        "outputs": module(batch(9)[0]).flatten().tolist(),
        "values": {name: value.flatten().tolist() for name, value in named.items()},
    }


torch.manual_seed(1)
torch.set_num_threads(1)
save(Images().eval(), "images.pt")  # in evaluation mode, as people leave them
save(Rows(), "rows.pt")
save(nn.Sequential(nn.Linear(5, 2)).double(), "double.pt")
save(Nothing(), "nothing.pt")
save(Two(), "two.pt")
save(Digits(), "digits.pt")

sgd = torch.jit.load("images.pt")
adam = torch.jit.load("images.pt")
trained = {
    # The article's own rule: whatever has "weight" in its name, normalization layers' too.
    "sgd": train(
        sgd,
        torch.optim.SGD(sgd.parameters(), lr=0.1, momentum=0.9),
        lambda m: sum(0.01 * (p**2).sum() for n, p in m.named_parameters() if "weight" in n),
    ),
    "adam": train(
        adam,
        torch.optim.Adam(adam.parameters(), lr=0.01),
        lambda m: sum(0.003 * p.abs().sum() for n, p in m.named_parameters() if "weight" in n and p.dim() > 1),
    ),
}
with open("trained.json", "w") as file:
    json.dump(trained, file, indent=1)
