"""A thread as a printable PDF with its pictures: what the portal shows its customer, by their own clock."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from fpdf import FPDF
from PIL import Image, ImageOps

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.leaving.printable import printable
from customer_thread.domain.leaving.wrap import wrapped
from customer_thread.domain.limits import (
	EXPORT_PAGES,
	EXPORT_PICTURE_PIXELS,
	EXPORT_PICTURES,
	PICTURE_PIXELS,
)
from customer_thread.domain.thread.pictures import is_picture
from customer_thread.domain.wording import Reader, card_line, short_date, time_of_day
from customer_thread.service.leaving.read_all import read_all
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import EntryView
from customer_thread.service.reading.read_attachment import read_attachment
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.reading.small_picture import on_white
from customer_thread.store.rows import PageRow, ThreadRow

_FONT = Path(__file__).parents[2] / "fonts" / "DejaVuSans.ttf"
_GREY, _BLACK = (110, 110, 110), (0, 0, 0)
#: millimetres that a picture takes at most
_WIDEST, _HIGHEST = 100.0, 110.0


def export_pdf(ports: Ports, thread: ThreadRow, out: BinaryIO) -> None:
	"""Write a thread into a file; of more pictures than the limits say the names alone. Raise BadInput if it is too long."""
	info = info_of(ports.parties, thread)
	reader = reader_of(ports, thread, info)
	paper = _Paper(ports, thread, reader)
	paper.begin(ports.settings().business_name, info.name)
	for rows, shown in read_all(ports, thread, reader):
		for row, entry in zip(rows, shown, strict=True):
			paper.write(row, entry)
	paper.end(out)


class _Paper:
	def __init__(self, ports: Ports, thread: ThreadRow, reader: Reader) -> None:
		self._ports, self._thread, self._reader = ports, thread["name"], reader
		self._day = ""
		self._pictures_left = EXPORT_PICTURES
		self._pdf = FPDF(format="letter" if reader.region == "US" else "A4")
		self._pdf.set_compression(True)
		self._pdf.add_font("ours", fname=_FONT)
		self._widths = cast("dict[int, float]", self._pdf.fonts["ours"].cw)
		self._known = frozenset(self._pdf.fonts["ours"].cmap)  # type: ignore[union-attr]
		self._pdf.set_auto_page_break(True, margin=18)
		self._pdf.set_margin(18)

	def begin(self, business: str, customer: str) -> None:
		_, reader = self._reader.translate, self._reader
		self._pdf.add_page()
		self._line(f"{business} · {customer}", 14)
		made = short_date(reader.local(reader.now_us).date(), reader, weekday=False, year=True)
		zone = str(reader.zone)
		self._line(
			_("All messages until {0}, {1}. Times are those of {2}.").format(
				made, time_of_day(reader.now_us, reader), zone
			),
			8,
			_GREY,
		)

	def write(self, row: PageRow, entry: EntryView) -> None:
		if self._pdf.page_no() > EXPORT_PAGES:
			raise BadInput("This conversation is too long to be printed. Take its JSON copy.")
		reader, us = self._reader, row["occurred_us"]
		day = short_date(reader.local(us).date(), reader, weekday=True, year=True)
		if day != self._day:
			self._day = day
			self._pdf.ln(4)
			self._line(day, 10, _GREY)
		self._pdf.ln(1.5)
		self._line(self._head(entry, us), 8, _GREY)
		if entry["subject"]:
			self._line(entry["subject"], 10)
		words = self._words(entry)
		if words:
			self._line(words, 10)
		for index, file in enumerate(entry["attachments"]):
			self._file(entry["id"], index, file["name"] or "", file["content_type"])

	def end(self, out: BinaryIO) -> None:
		out.write(self._pdf.output())

	def _head(self, entry: EntryView, us: int) -> str:
		_ = self._reader.translate
		said = [
			entry["label"],
			_("Automated") if entry["author"] == "automated" else "",
			entry["channel"] or "",
		]
		names = {"sms": "SMS", "email": _("Email"), "portal": _("Portal"), "phone": _("Phone")}
		said[2] = names.get(said[2], "")
		return " · ".join([*(part for part in said if part), time_of_day(us, self._reader)])

	def _words(self, entry: EntryView) -> str:
		card = entry["card"]
		if card is None:
			return entry["text"]
		line = card_line(card["title"], card["amount"] or "")
		return f"{line} ({self._reader.translate('Void')})" if card["void"] else line

	def _file(self, entry: int, index: int, name: str, content_type: str) -> None:
		if is_picture(content_type) and self._pictures_left > 0:
			picture = self._picture(entry, index)
			if picture:
				self._pictures_left -= 1
				width = min(_WIDEST, _HIGHEST * picture.width / picture.height)
				self._pdf.image(picture, w=width)
				return
		self._line(f"[{name or content_type}]", 9, _GREY)

	def _picture(self, entry: int, index: int) -> Image.Image | None:
		"""Return a picture, small and upright, or None for one that is not there or cannot be read."""
		try:
			data = read_attachment(self._ports, self._thread, entry, index).data
		except NotFound:
			return None
		try:
			picture = Image.open(BytesIO(data), formats=("JPEG", "PNG", "GIF", "WEBP"))
			if picture.width * picture.height > PICTURE_PIXELS:
				return None
			side = EXPORT_PICTURE_PIXELS
			# a JPEG is decoded no larger than it is needed
			picture.draft("RGB", (side, side))
			upright = on_white(ImageOps.exif_transpose(picture))
			small = ImageOps.contain(upright, (min(side, upright.width), min(side, upright.height)))
			packed = BytesIO()
			small.save(packed, "JPEG", quality=75)
			return Image.open(packed)
		except Exception:
			# whatever Pillow makes of a file that is none
			return None

	def _line(self, text: str, size: int, color: tuple[int, int, int] = _BLACK) -> None:
		self._pdf.set_font("ours", size=size)
		self._pdf.set_text_color(*color)
		unit = size / 1000 / self._pdf.k
		# the library's own way of breaking lines takes a long word's length squared
		for line in wrapped(
			printable(text, self._known), lambda character: self._widths[ord(character)] * unit, self._pdf.epw
		):
			self._pdf.cell(0, size * 0.48, line, new_x="LMARGIN", new_y="NEXT")
